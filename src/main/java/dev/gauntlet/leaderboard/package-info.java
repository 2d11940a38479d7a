/**
 * Results to ranked rows to CSV, JSON and text; no files, no Spark. May import {@code config},
 * {@code search} and {@code validate}.
 */
package dev.gauntlet.leaderboard;
