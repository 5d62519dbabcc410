package io.openrun.order.book;

/** Said inside this process when orders were made or changed, so that whoever watches orders looks again at once. */
public record OrdersChanged() {}
