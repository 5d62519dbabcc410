package io.openrun.order.book;

import java.util.UUID;

/**
 * One line of an order, with the price at the time of the purchase.
 *
 * @param unitPrice in the store currency's minor unit
 */
public record OrderItem(UUID productId, String title, int quantity, long unitPrice) {}
