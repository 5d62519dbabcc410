/** The bars of performance: ratios measured in one run on one machine, each run audited by SQL. */
@NullMarked
package io.openrun.lab.bench;

import org.jspecify.annotations.NullMarked;
