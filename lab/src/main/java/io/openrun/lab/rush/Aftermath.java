package io.openrun.lab.rush;

import java.util.Map;

/**
 * What became of the winners' orders.
 *
 * @param orders by status at the end
 * @param missing orders that were never readable, or never more than PROCESSING
 * @param paid money of the payments that succeeded, minor units
 * @param errors what went wrong on the way, counted
 */
record Aftermath(Map<String, Long> orders, long missing, long paid, Map<String, Long> errors) {}
