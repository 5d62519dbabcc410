/** Something to buy for those who just started the shop. */
@NullMarked
package io.openrun.drop.demo;

import org.jspecify.annotations.NullMarked;
