/** Points: wallets over a ledger in which every row moves an amount from one account to another. */
@NullMarked
package io.openrun.payment.points;

import org.jspecify.annotations.NullMarked;
