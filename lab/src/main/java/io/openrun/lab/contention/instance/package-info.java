/** One selling process of the laboratory: opens ledgers as it is told and lets its share of the buyers at them. */
@NullMarked
package io.openrun.lab.contention.instance;

import org.jspecify.annotations.NullMarked;
