/** The contention laboratory: the same seeded workload for every strategy, measured and audited. */
@NullMarked
package io.openrun.lab.contention;

import org.jspecify.annotations.NullMarked;
