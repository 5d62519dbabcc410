package io.openrun.payment.points;

import com.github.f4b6a3.uuid.UuidCreator;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** A shopper charges the wallet; any number of charges at once all succeed. */
@Component
class ChargePoints {

    private final Wallets wallets;

    ChargePoints(Wallets wallets) {
        this.wallets = wallets;
    }

    @Transactional(propagation = Propagation.MANDATORY)
    ChargeResult charge(UUID userId, long amount) {
        var entryId = UuidCreator.getTimeOrderedEpoch();
        var balance = wallets.issue(userId, entryId, amount);
        return balance.isPresent()
                ? new ChargeResult.Charged(balance.getAsLong(), entryId)
                : new ChargeResult.WalletFull();
    }
}
