/** The rules of payments and points, told over HTTP and Kafka against real engines. */
package io.openrun.payment;
