/** Something to look at in a shop on a laptop. */
@NullMarked
package io.openrun.catalog.demo;

import org.jspecify.annotations.NullMarked;
