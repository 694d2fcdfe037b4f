package org.privateshare.http;

/// Answers a method that the target doesn't take, or nobody knows. It does so after the key was
/// asked for, as for every other request.
///
/// @param status 405 or 501
/// @param allowed the methods that it takes
record WrongMethod(int status, String allowed) implements Action {
  @Override
  public void permit(Call call) throws Problem {
    throw Problem.method(status, allowed);
  }

  @Override
  public String answer(Call call) {
    throw new IllegalStateException("nobody is permitted this");
  }
}
