import { Component, type ReactNode } from 'react';
import { useTexts } from '../texts/texts.tsx';
import { EmptyState } from './empty-state.tsx';
import { Button } from '@fluentui/react-components';

interface Props {
  readonly children: ReactNode;
}

/** Shows what to do when a page itself fails, instead of nothing at all. */
export class ErrorBoundary extends Component<Props, { readonly error: unknown }> {
  override state = { error: undefined as unknown };

  static getDerivedStateFromError(error: unknown): { error: unknown } {
    return { error };
  }

  override render(): ReactNode {
    if (this.state.error === undefined) return this.props.children;
    return <PageFailed error={this.state.error} />;
  }
}

function PageFailed({ error }: { readonly error: unknown }): ReactNode {
  const { say } = useTexts();
  return (
    <EmptyState title={say('pageFailed')} text={error instanceof Error ? error.message : String(error)}>
      <Button appearance="primary" onClick={() => location.reload()}>
        {say('reload')}
      </Button>
    </EmptyState>
  );
}
