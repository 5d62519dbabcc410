package io.openrun.lab.strategies;

import org.springframework.data.jpa.repository.JpaRepository;

/** The settlement log. */
interface SettlementEntries extends JpaRepository<SettlementEntry, SettlementEntry.Key> {}
