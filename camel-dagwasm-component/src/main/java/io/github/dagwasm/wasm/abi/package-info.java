/**
 * Guest calling conventions: how a text gets into a guest and out of it. One class for each, which
 * trusts nothing that the guest returns, and the detector that decides which one a module speaks.
 *
 * <p>Start reading at {@link io.github.dagwasm.wasm.abi.GuestAbi}.
 */
package io.github.dagwasm.wasm.abi;
