/**
 * The agent protocol (HWP): messages generated from {@code hwp.proto}, and what both sides agree
 * on.
 */
@NullMarked
package io.hodei.protocol;

import org.jspecify.annotations.NullMarked;
