/** What a shopper must bring before a purchase is decided: a token, a readable quantity, a sane key. */
@NullMarked
package io.openrun.drop.admission;

import org.jspecify.annotations.NullMarked;
