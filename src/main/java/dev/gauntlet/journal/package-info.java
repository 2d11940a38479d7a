/**
 * The run folder and its journal: what is written, where, atomically, and durable. May import
 * {@code config}, {@code data.files}, {@code search} and {@code validate}.
 */
package dev.gauntlet.journal;
