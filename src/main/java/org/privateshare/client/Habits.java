package org.privateshare.client;

/// How a run of transfers is done.
///
/// @param patience with the network
/// @param memories of transfers that were broken off
/// @param restart whether to drop what was kept and to begin anew
public record Habits(Patience patience, Memory.Keeper memories, boolean restart) {}
