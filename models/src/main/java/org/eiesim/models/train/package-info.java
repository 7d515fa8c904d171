/**
 * Training and evaluation of the network graph. Start with {@link org.eiesim.models.train.Trainer} and {@link
 * org.eiesim.models.train.Evaluator}.
 */
@NullMarked
package org.eiesim.models.train;

import org.jspecify.annotations.NullMarked;
