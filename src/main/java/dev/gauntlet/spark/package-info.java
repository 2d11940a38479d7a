/**
 * Sessions, broadcast, trial jobs, and readers of what Spark reads. The only user of Spark. May
 * import the root and above, {@code data.files} and {@code data.format}.
 */
package dev.gauntlet.spark;
