/**
 * The engines and their registry. May import {@code train} and above; the implementations do not
 * import each other.
 */
package dev.gauntlet.engine;
