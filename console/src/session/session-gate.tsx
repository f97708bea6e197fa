import {
  Button,
  makeStyles,
  MessageBar,
  MessageBarBody,
  Spinner,
  Text,
  Title2,
} from '@fluentui/react-components';
import { useEffect, useState, type ReactNode } from 'react';
import { useTexts } from '../texts/texts.tsx';
import { beginSignIn, openSession } from './session.ts';

const useStyles = makeStyles({
  root: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'center',
    justifyContent: 'center',
    gap: '16px',
    minHeight: '100vh',
    padding: '16px',
    boxSizing: 'border-box',
    textAlign: 'center',
  },
});

type State =
  | { readonly kind: 'opening' }
  | { readonly kind: 'open' }
  | { readonly kind: 'closed'; readonly returnTo: string; readonly problem?: string };

/** Opening is done once, whatever React does with the component: a code and a link are good once. */
let opening: Promise<State> | undefined;

async function open(): Promise<State> {
  const returnTo = location.pathname + location.search;
  try {
    const path = await openSession();
    if (path === undefined) return { kind: 'closed', returnTo };
    history.replaceState(null, '', path);
    return { kind: 'open' };
  } catch (error) {
    return { kind: 'closed', returnTo: '/console/', problem: (error as Error).message };
  }
}

/** Lets nobody in who is not signed in. */
export function SessionGate({ children }: { readonly children: ReactNode }): ReactNode {
  const [state, setState] = useState<State>({ kind: 'opening' });
  useEffect(() => {
    void (opening ??= open()).then(setState);
  }, []);
  const styles = useStyles();
  const { say } = useTexts();
  if (state.kind === 'open') return children;
  if (state.kind === 'opening')
    return (
      <main className={styles.root}>
        <Spinner label={say('opening')} />
      </main>
    );
  const isReady = isSecureContext;
  return (
    <main className={styles.root}>
      <Title2 as="h1">{say('product')}</Title2>
      <Text>{say('productIs')}</Text>
      {state.problem !== undefined && (
        <MessageBar intent="error">
          <MessageBarBody>
            {say('signInFailed')} {state.problem}
          </MessageBarBody>
        </MessageBar>
      )}
      {isReady ? (
        <Button appearance="primary" size="large" onClick={() => void beginSignIn(state.returnTo)}>
          {say('signIn')}
        </Button>
      ) : (
        <MessageBar intent="warning">
          <MessageBarBody>{say('insecurePage')}</MessageBarBody>
        </MessageBar>
      )}
    </main>
  );
}
