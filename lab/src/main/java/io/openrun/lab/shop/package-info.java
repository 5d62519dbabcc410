/** The running shop as the lab sees it: its addresses, its API, and a crowd of shoppers with tokens. */
@NullMarked
package io.openrun.lab.shop;

import org.jspecify.annotations.NullMarked;
