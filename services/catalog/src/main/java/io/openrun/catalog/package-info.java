/** Products and their stock. */
@NullMarked
package io.openrun.catalog;

import org.jspecify.annotations.NullMarked;
