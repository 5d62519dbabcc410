/** Limited drops: schedule, admission, purchase, settlement; each step of a sale is a package. */
@NullMarked
package io.openrun.drop;

import org.jspecify.annotations.NullMarked;
