package org.privateshare.cli;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.privateshare.client.ClassicRemote;
import org.privateshare.client.IfTaken;
import org.privateshare.client.Listed;
import org.privateshare.client.LocalSink;
import org.privateshare.client.LocalSource;
import org.privateshare.client.Received;
import org.privateshare.client.Remote;
import org.privateshare.client.RemoteArchives;
import org.privateshare.client.RemoteFile;
import org.privateshare.client.RemoteTree;
import org.privateshare.client.Stored;
import org.privateshare.model.Digest;
import org.privateshare.model.Refusal;
import org.privateshare.model.SharePath;

/// The share that a command is about. It is looked for when it is first needed, so that what this
/// machine can refuse is refused before anybody is asked; what can't be reached is tried anew the
/// next time.
final class FarEnd implements Remote, RemoteTree, RemoteArchives {
  /// No share at all: what is done on this machine alone.
  static final FarEnd HERE =
      new FarEnd(
          "this machine",
          () -> {
            throw new Refusal.Denied("this machine itself is no share");
          });

  private final String name;
  private final Way way;
  private @Nullable Remote opened;

  /// Finds the share.
  @FunctionalInterface
  interface Way {
    Remote open() throws Refusal, IOException;
  }

  /// A share that `way` leads to.
  ///
  /// @param name what messages call it
  FarEnd(String name, Way way) {
    this.name = name;
    this.way = way;
  }

  /// What messages call it.
  String name() {
    return name;
  }

  /// Whether it was found and speaks the classic protocol, which has one word for every no.
  boolean speaksClassic() {
    return opened instanceof ClassicRemote;
  }

  /// The share itself; stays this object's to close.
  Remote open() throws Refusal, IOException {
    Remote remote = opened;
    if (remote == null) {
      remote = way.open();
      opened = remote;
    }
    return remote;
  }

  @Override
  public Stored put(LocalSource source, SharePath target, IfTaken ifTaken, Meter meter)
      throws Refusal, IOException {
    return open().put(source, target, ifTaken, meter);
  }

  @Override
  public void dropUploads(SharePath target) throws Refusal, IOException {
    open().dropUploads(target);
  }

  @Override
  public Received get(SharePath file, LocalSink sink, Meter meter) throws Refusal, IOException {
    return open().get(file, sink, meter);
  }

  @Override
  public Optional<RemoteFile> find(SharePath file, Digest.Algorithm wanted)
      throws Refusal, IOException {
    return open().find(file, wanted);
  }

  @Override
  public long list(SharePath folder, Consumer<Listed> entries) throws Refusal, IOException {
    return open().list(folder, entries);
  }

  @Override
  public long list(SharePath folder, boolean digests, Consumer<Listed> entries)
      throws Refusal, IOException {
    return RemoteTree.of(open()).list(folder, digests, entries);
  }

  @Override
  public void unpack(SharePath folder, IfTaken ifTaken, Parcels parcels)
      throws Refusal, IOException {
    RemoteArchives.of(open()).unpack(folder, ifTaken, parcels);
  }

  @Override
  public void fetch(SharePath folder, List<Listed> wanted, Arrivals arrivals)
      throws Refusal, IOException {
    RemoteArchives.of(open()).fetch(folder, wanted, arrivals);
  }

  @Override
  public void close() throws IOException {
    if (opened != null) {
      opened.close();
    }
  }
}
