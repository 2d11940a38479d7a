/** The reference engine: DL4J's own layers on ND4J's CPU backend. May import {@code train}. */
package dev.gauntlet.engine.dl4j;
