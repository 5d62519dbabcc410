/** A product's stock, as the engine keeps it. */
@NullMarked
package io.openrun.catalog.stock;

import org.jspecify.annotations.NullMarked;
