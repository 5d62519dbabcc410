package io.openrun.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.BindException;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class PortsTest {

    @Test
    void healthAnswersWhereItIsAskedTo() {
        assertThat(new Ports(0, 0, 9082).managementOrAny()).isEqualTo(9082);
        assertThat(new Ports(0, 0, 0).managementOrAny()).isZero();
    }

    @Test
    void healthAnswersAnywhereWhereTheUsualPortIsTakenAndNobodyAskedForIt() throws IOException {
        assertThat(new Ports(8082, 0, null).managementOrAny()).isZero();
        assertThat(new Ports(0, 8082, null).managementOrAny()).isZero();
        try (var taken = new ServerSocket(8082)) {
            assertThat(new Ports(0, 0, null).managementOrAny()).isZero();
        } catch (BindException somebodyElseHasIt) {
            assertThat(new Ports(0, 0, null).managementOrAny()).isZero();
        }
    }
}
