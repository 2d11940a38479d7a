/**
 * The command {@code gauntlet}: a thin shell around the root. May import {@code spark}, {@code
 * config} and the root.
 */
package dev.gauntlet.cli;
