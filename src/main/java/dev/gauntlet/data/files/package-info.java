/** Where files are: folders, globs, known sets, other file systems. May import {@code config}. */
package dev.gauntlet.data.files;
