/**
 * YAML to immutable records: every key, default and range stands in the records of this package,
 * and this package is the only user of the YAML parser. Imports no other package of Gauntlet.
 */
package dev.gauntlet.config;
