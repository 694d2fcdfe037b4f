package org.privateshare.http;

import org.privateshare.access.Grant;
import org.privateshare.model.Precondition;
import org.privateshare.model.Refusal;
import org.privateshare.model.Right;
import org.privateshare.model.Rights;
import org.privateshare.model.SharePath;
import org.privateshare.share.UploadPlan;

/// What a key needs for uploads that outlive their requests.
final class UploadRights {
  private UploadRights() {}

  /// Lets only a key pass that could have begun an upload anywhere. It tells nothing of what is
  /// there.
  static void require(Grant grant) throws Refusal.Denied {
    Rights rights = grant.capability().terms().rights();
    if (!rights.contains(Right.PUT) && !rights.contains(Right.REPLACE)) {
      throw new Refusal.Denied("this key may not put, so it has no uploads");
    }
  }

  /// Lets only a key pass that may make that of an upload what is planned. A part of others needs
  /// no place; what they become does.
  static void require(Grant grant, UploadPlan plan) throws Refusal {
    if (plan.target().isPresent()) {
      require(grant, plan.target().get(), plan.must());
    } else {
      require(grant);
    }
  }

  /// Lets only a key pass that may put a file there: a new one, or in the place of an old one.
  static void require(Grant grant, SharePath path, Precondition must) throws Refusal {
    if (mayBeNew(must)) {
      grant.require(Right.PUT, path);
    }
    if (mayReplace(must)) {
      grant.require(Right.REPLACE, path);
    }
  }

  /// Whether [#require(Grant, UploadPlan)] lets it pass.
  static boolean permits(Grant grant, UploadPlan plan) {
    try {
      require(grant, plan);
      return true;
    } catch (Refusal e) {
      return false;
    }
  }

  private static boolean mayBeNew(Precondition must) {
    return switch (must) {
      case Precondition.Existence existence -> existence != Precondition.Existence.PRESENT;
      case Precondition.Version _ -> false;
      case Precondition.Unlike _ -> true;
    };
  }

  private static boolean mayReplace(Precondition must) {
    return must != Precondition.Existence.ABSENT;
  }
}
