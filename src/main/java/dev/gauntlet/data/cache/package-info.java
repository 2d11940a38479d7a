/**
 * Tables that took long to read, kept in columns on disk. May import {@code config}, {@code data}
 * and {@code data.files}.
 */
package dev.gauntlet.data.cache;
