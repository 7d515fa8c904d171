/**
 * The tables and figures of the EIE paper and the storage tables of Deep Compression, made again and held against what is
 * printed. One class per table or figure. Start with {@link org.eiesim.studies.reproduce.Reproduction}.
 */
@NullMarked
package org.eiesim.studies.reproduce;

import org.jspecify.annotations.NullMarked;
