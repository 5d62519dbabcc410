/** What the shop sells: creating, editing, deleting, listing. */
@NullMarked
package io.openrun.catalog.product;

import org.jspecify.annotations.NullMarked;
