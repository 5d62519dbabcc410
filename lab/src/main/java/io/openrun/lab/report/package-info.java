/** The laboratory's report: one page that says which strategies oversell, how fast and how late each is, and why. */
@NullMarked
package io.openrun.lab.report;

import org.jspecify.annotations.NullMarked;
