/**
 * Trials and what is measured in them: metrics, cross-validation, Monte Carlo dropout, baselines
 * and the statistical comparison. May import {@code config}, {@code data}, {@code search} and
 * {@code train}.
 */
package dev.gauntlet.validate;
