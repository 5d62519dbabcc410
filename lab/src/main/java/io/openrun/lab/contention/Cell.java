package io.openrun.lab.contention;

/**
 * One place in the matrix that every strategy is measured in.
 *
 * @param clients buyers at a time, over all instances
 * @param products stocks they buy from
 */
record Cell(Workload workload, int instances, int clients, int products) {

    /** For people. */
    String title() {
        return "%s, %d %s, %d client%s%s"
                .formatted(
                        workload.title(),
                        instances,
                        instances == 1 ? "instance" : "instances",
                        clients,
                        clients == 1 ? "" : "s",
                        products == 1 ? "" : ", " + products + " products");
    }
}
