package io.openrun.lab.bench;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;

/** Runs one side of a bar, as often as asked, on fresh stock each time. */
interface Contender {

    Sample run(Duration measured) throws IOException, SQLException, InterruptedException;
}
