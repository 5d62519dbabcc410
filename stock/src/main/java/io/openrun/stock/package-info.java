/**
 * The engine: limited stock, holds, and the strategies that guard it. Knows nothing of products, HTTP or
 * Spring MVC.
 *
 * <p>The invariant of every strategy: {@code held + confirmed + remaining = quantity}, always.
 */
@NullMarked
package io.openrun.stock;

import org.jspecify.annotations.NullMarked;
