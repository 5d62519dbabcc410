/** Each service's own database schema and its migrations. */
@NullMarked
package io.openrun.platform.schema;

import org.jspecify.annotations.NullMarked;
