/** Mail that leaves, and the inbox that shows it in development. */
@NullMarked
package io.openrun.user.mail;

import org.jspecify.annotations.NullMarked;
