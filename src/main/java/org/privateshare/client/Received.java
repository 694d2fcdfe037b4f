package org.privateshare.client;

import java.util.Optional;
import org.privateshare.model.Digest;

/// A file that has come out of a share, as long as announced where the protocol announces lengths.
///
/// @param size its length in bytes
/// @param digest the sum that the share has announced and the bytes have; empty where it has
///   announced none
public record Received(long size, Optional<Digest> digest) {}
