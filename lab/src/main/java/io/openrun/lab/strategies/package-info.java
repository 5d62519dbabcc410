/** Every way to guard stock that the laboratory compares: the engine's, and the forms that most shops write. */
@NullMarked
package io.openrun.lab.strategies;

import org.jspecify.annotations.NullMarked;
