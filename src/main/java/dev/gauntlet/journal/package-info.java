/**
 * The run folder: what is written, where, and atomically. May import {@code config}, {@code search}
 * and {@code validate}.
 */
package dev.gauntlet.journal;
