/** A page that breaks says so, and leaves the rest of the console standing. */
import { Component, type ReactNode } from 'react';
import { Button, ErrorNote, Page } from '../ui/index.ts';

interface Props {
  /** A new address tries again. */
  readonly at: string;
  readonly children: ReactNode;
}
interface State {
  readonly error: Error | undefined;
  readonly at: string;
}

export class ErrorBoundary extends Component<Props, State> {
  override state: State = { error: undefined, at: this.props.at };

  static getDerivedStateFromError(error: Error): Partial<State> {
    return { error };
  }

  static getDerivedStateFromProps({ at }: Props, state: State): Partial<State> | null {
    return at === state.at ? null : { at, error: undefined };
  }

  override render() {
    const { error } = this.state;
    if (!error) return this.props.children;
    // After an update of the server the files of the page before are gone, scripts and styles.
    const isGone = /dynamically imported module|Importing a module|Unable to preload/i.test(error.message);
    return (
      <Page title="This page broke">
        <ErrorNote
          says={
            isGone
              ? 'The files of this page did not load: the console was updated after you opened it, or the server cannot be reached. Load it again.'
              : `This is a defect in the console; it changed nothing. ${error.message}`
          }
        />
        <div>
          <Button icon="retry" onClick={() => location.reload()}>
            Load again
          </Button>
        </div>
      </Page>
    );
  }
}
