package io.openrun.lab.rush;

/**
 * Someone who was answered 201.
 *
 * @param sequence the place in the line that the shop said
 * @param amount what they owe, minor units
 */
record Winner(int shopper, String orderId, long sequence, long amount, long sentNanos, long answeredNanos) {}
