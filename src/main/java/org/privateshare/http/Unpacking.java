package org.privateshare.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.privateshare.archive.TarMember;
import org.privateshare.archive.TarReader;
import org.privateshare.model.Refusal;
import org.privateshare.model.SharePath;
import org.privateshare.share.BatchMember;
import org.privateshare.share.Share;

/// Members of one archive on their way into a folder. What is not taken of a member, the reader
/// skips.
///
/// @param folder where they go
record Unpacking(Share share, SharePath folder, TarReader archive, Rounds rounds) {
  /// From here on a file is a round of its own: it costs more than the last steps of many others.
  private static final long LARGE_BYTES = 8L << 20;

  private static final String HERE = "./";

  /// Stages a member, or finds out what else becomes of it.
  ///
  /// @throws Refusal where the share has no room for it
  /// @throws IOException where the archive, the medium or the caller's connection fails
  void take(TarMember member) throws Refusal, IOException {
    boolean isLarge = member.kind() == TarMember.Kind.FILE && member.size() >= LARGE_BYTES;
    if (member.kind() == TarMember.Kind.FOLDER && isStaged(member)) {
      rounds.settle();
    }
    Round round = rounds.begin(isLarge);
    try {
      switch (member.kind()) {
        case FILE -> stage(member, round);
        case FOLDER -> round.add(make(target(member)));
        case OTHER -> round.add(UnpackLine.notAFile(member.name()));
      }
    } catch (Refusal.NoSpace e) {
      throw e;
    } catch (Refusal e) {
      round.add(UnpackLine.refused(member.name(), e));
    } finally {
      rounds.end();
    }
  }

  /// Whether a file before may want the name of this folder or of one around it: who comes first
  /// shall have it.
  private boolean isStaged(TarMember member) {
    try {
      SharePath path = target(member);
      while (!path.isRoot() && !rounds.mayHold(path)) {
        path = path.parent();
      }
      return !path.isRoot();
    } catch (Refusal.BadName e) {
      return false;
    }
  }

  /// Where a member goes: its name is a path like any other, but that it may begin here.
  private SharePath target(TarMember member) throws Refusal.BadName {
    String name = member.name();
    boolean isFolder = member.kind() == TarMember.Kind.FOLDER;
    if (isFolder && name.equals(".")) {
      return folder;
    }
    String below = name.startsWith(HERE) ? name.substring(HERE.length()) : name;
    if (below.isEmpty()) {
      throw new Refusal.BadName("a member has no name");
    }
    return MemberName.below(folder, SharePath.parse(below));
  }

  private UnpackLine make(SharePath path) throws Refusal, IOException {
    return UnpackLine.folder(path, !path.isRoot() && share.makeFolders(path));
  }

  private void stage(TarMember file, Round round) throws Refusal, IOException {
    SharePath target = target(file);
    BatchMember staged = round.batch().begin(target, file.size(), file.modified());
    for (ByteBuffer piece = archive.content(); piece.hasRemaining(); piece = archive.content()) {
      staged.write(piece);
    }
    staged.seal(file.digest());
    round.addSealed(file.name(), target);
  }
}
