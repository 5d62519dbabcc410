/** Two buyers and one unit, step by step against the real engines: what each sends, what comes back, who gets it. */
@NullMarked
package io.openrun.lab.explain;

import org.jspecify.annotations.NullMarked;
