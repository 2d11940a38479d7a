/** Sessions, broadcast and trial jobs. The only user of Spark. May import the root and above. */
package dev.gauntlet.spark;
