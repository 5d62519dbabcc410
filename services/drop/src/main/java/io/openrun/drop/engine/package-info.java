/** The stock engine as drops use it: its tables in the schema {@code drops}, its strategies by name. */
@NullMarked
package io.openrun.drop.engine;

import org.jspecify.annotations.NullMarked;
