/** What every HTTP answer has in common: request ids, body limits, strict JSON, pages. */
@NullMarked
package io.openrun.platform.web;

import org.jspecify.annotations.NullMarked;
