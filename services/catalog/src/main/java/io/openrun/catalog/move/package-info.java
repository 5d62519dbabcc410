/** Units moving between a product's stock and a drop. */
@NullMarked
package io.openrun.catalog.move;

import org.jspecify.annotations.NullMarked;
