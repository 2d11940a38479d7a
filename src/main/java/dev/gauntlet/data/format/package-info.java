/**
 * Readers of files, one per format. May import {@code config}, {@code data} and {@code data.files}.
 */
package dev.gauntlet.data.format;
